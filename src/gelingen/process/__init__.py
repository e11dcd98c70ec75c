"""The process: phases, what happened in them, when it rested, and who accompanied it."""
