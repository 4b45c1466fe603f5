"""What is added to a prior from elsewhere: LoRA, new words, ControlNets, a picture beside the prompt."""
