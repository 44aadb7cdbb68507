"""The schema: migrations, views, and what is generated from them."""
