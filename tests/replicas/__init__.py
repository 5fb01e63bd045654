"""Two replicas behind nginx, on this machine and without containers: what readers notice of what happens to them."""
