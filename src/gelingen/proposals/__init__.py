"""What bodies propose to one another, and the way that each proposal takes."""
