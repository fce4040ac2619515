"""The operators' commands: what they may say, who is meant, what is done and written down.

`table` is the one list of them, from which menus, help and routing come. An operator is known
by their numeric id alone; for everybody else these commands do not exist. `arguments` reads
what was said, `who` finds the person meant, `errand` answers an update, `pressed` a button.
"""
