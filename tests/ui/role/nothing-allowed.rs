// A role that may do nothing is a mistake.

tablewright::access! {
    role Checkout {}
}

fn main() {}
