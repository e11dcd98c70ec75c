"""What people from outside said about the public site: read and answered at the desk."""
