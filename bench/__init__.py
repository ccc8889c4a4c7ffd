"""What is measured, against whom, with one command each: `make quality`, `make bench`, `make picture`."""
