"""What people read: texts, keyboards and prompts, made from the dialogue's effects."""
