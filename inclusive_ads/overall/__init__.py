"""What is said of an advert as a whole: what is missing, how hard it is to read, the balance of coded words."""
