"""How good a prior is, in numbers that can be compared from one training to the next, and two sheets to look at.

    exam.py       the pictures: held-out views, and icons turned as training never turns them
    classify.py   which of 100 names a picture shows, by denoising error
    sides.py      does a sample show the side it was asked for; which side does the prior take a picture for
    colours.py    is "a red chair" red
    frechet.py    how far samples are from pictures, in the features of a network trained on ImageNet
    evaluation.py asks all of this of one prior
    table.py      the numbers as text, and their history
    sheets.py     the words drawn, with captions and, shuffled, without

Each number stands beside what real pictures reach and what chance does, where the two are known.
"""
