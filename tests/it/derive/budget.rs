//! How much code the derives write.
