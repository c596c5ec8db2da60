"""The tables of the condition language, worked out of its grammar by Lark: what the engine reads conditions with.

`python -m grammar` writes them anew. The engine itself reads the tables alone and knows nothing of Lark.
"""
