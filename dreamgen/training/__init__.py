"""Training of a small prior of one's own: a folder of captioned pictures in, a folder that ``--prior`` takes out.

    render.py   a colored model from many sides (look.py how, normals.py and texture.py with what)
    meshes.py   model files (dreamgen.reading) as colored parts; models.py finds and names a user's own
    furniture.py, icons.py, procedural.py (of shapes/)   what the prior in the box learnt from
    assemble.py draws them into an album (album.py): a folder that grows, or a .zip
    data.py     rows of metadata.jsonl -> premultiplied pictures; what is wrong is named and skipped
    split.py    which views are never trained on, to judge by
    captions.py what a picture is shown as: name, color, view, pose; drawn from addressed random numbers
    augment.py  the pictures of a batch: mirrored, scaled, tinted
    texts.py    the token states of every caption, computed once
    train.py    the loop
    state.py    network, its average, optimiser, position; saved and restored
    publish.py  the folder: weights, card, a sheet of samples
    ask.py      what a prior draws, knows and thinks of a picture
    evaluate/   how good it is, in one table
"""
