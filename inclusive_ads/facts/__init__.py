"""What an advert itself says of its vacancy: grade, role, place, employer, closing date, contact."""
