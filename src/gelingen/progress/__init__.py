"""What became of measures: yearly reports of their leads, rounds that ask for them, states."""
