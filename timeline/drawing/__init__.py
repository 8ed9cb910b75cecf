"""Small pictures as geometry. Across, places are text in per cent, as SVG attributes say them."""
