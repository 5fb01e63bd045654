"""Laydown's server: the Streamlit page and the routes beside it. Run `streamlit run dashboard.py`."""

from components.settings import data_folder
from components.web.server import create_app

app = create_app(data_folder())
