"""A rulebook as one file of data, read without any of the libraries that read YAML.

`container` is the file: header, index, records, a hash over all of it. `records` writes the linked program's parts as
JSON and reads them back. `program` joins the two: everything is decoded when it is first asked for.
"""
