//! Values and their JSON: conversions, limits, and agreement with other readers and writers.
