"""What ``lint`` is made of: figures and claims in one shape, and a small function a rule."""
