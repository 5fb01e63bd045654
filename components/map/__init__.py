"""What is drawn: a constant folium map whose JavaScript fetches its rows once and filters them itself."""
