"""Many assets from a table of prompts: ``dreamgen batch FILE`` and ``generate_many``.

    rows.py         the table -> rows, each a whole recipe; every wrong row is named before the first one runs
    drive.py        rows that are left -> a runner -> manifest, pages, progress
    local.py        the runner of this machine: processes that outlive nobody
    on_ray.py       the runner of a cluster: the same rows as Ray's tasks
    worker.py       one row in a process whose prior stays loaded
    place.py        where the assets go: a folder, or object storage with a folder of this machine before it
    manifest.py     OUT/manifest.jsonl, a line for each row that has ended
    gallery.py      OUT/gallery.html, 100 rows a page
    plan.py         how many workers this machine carries

A row's folder is a run's folder, named after the prompt, the seed and a hash of the recipe. So the same table finds its
rows again, whoever made them, and `dreamgen resume`, `view` and `export` take each.
"""
