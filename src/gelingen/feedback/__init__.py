"""What people from outside say about pages of the public site, and what is answered."""
