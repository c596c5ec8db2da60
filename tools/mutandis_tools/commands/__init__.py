"""The commands of the program: each module registers one."""
