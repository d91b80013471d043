"""Views of the raw report: what people and machines read of a run. Every one can be made again without the target."""
