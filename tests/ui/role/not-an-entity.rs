// Operations are on entities.

struct Order;

tablewright::access! {
    role Checkout {
        Order: get;
    }
}

fn main() {}
