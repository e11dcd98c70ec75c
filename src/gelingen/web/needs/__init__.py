"""The area of needs: what people say is missing, and how they are asked."""
