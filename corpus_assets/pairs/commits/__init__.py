"""What commits are for (bugfix, feature, refactor, ...) and which training pairs they yield."""
