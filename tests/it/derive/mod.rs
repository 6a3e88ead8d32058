//! The derives: what they generate, what they refuse, and how they say so.

mod behaviour;
mod budget;
mod entities;
mod hygiene;
mod hygiene_entities;
mod hygiene_names;
mod older;
mod roles;
mod schema;
mod versions;
