"""Reading and writing the outside world: spreadsheets people already keep, standards, the clear copies they leave."""
