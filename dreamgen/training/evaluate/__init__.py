"""The quality of a prior: measures that can be compared between trainings, and two sheets to look at.

    exam.py       the pictures: held-out views, and icons turned as training never turns them
    classify.py   which of 100 names a picture shows, by denoising error
    sides.py      whether a sample shows the requested side; which side the prior recognises in a picture
    colors.py    whether "a red chair" is red
    frechet.py    distance of samples from pictures, in the features of a network trained on ImageNet
    evaluation.py all measures of one prior
    table.py      the numbers as text, and their history
    sheets.py     samples of all words, with captions and, shuffled, without

Each number is given with the values of real pictures and of chance, where these are known.
"""
