"""Disc pressure by posture, in two sets of measurements that disagree."""
