"""What stands in a room: the tables of its files in one."""

from . import (
    appliances,
    baths,
    beds,
    benches,
    hearths,
    lamps,
    mirrors,
    pianos,
    seats,
    sofas,
    storage,
    tables,
    televisions,
    thrones,
)

FILES = (seats, sofas, thrones, benches, tables, beds, storage, mirrors, lamps, appliances, televisions, baths, pianos,
         hearths)
SHAPES = {name: row for file in FILES for name, row in file.SHAPES.items()}
