//! Calls: the same suite over each executor.
