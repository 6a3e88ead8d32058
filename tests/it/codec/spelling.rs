//! DynamoDB's JSON as other writers spell it: spaces, other escapes, any order of attributes, other notations of numbers.

use tablewright::{Item, Value};

/// Writes JSON by choices of its own.
pub struct Speller {
    state: u64,
    pub json: String,
}

impl Speller {
    pub fn new(seed: u64) -> Self {
        Self { state: seed | 1, json: String::new() }
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 16) as usize % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// A token, with white space before it now and then.
    pub fn token(&mut self, token: &str) {
        while self.one_in(6) {
            let space = [" ", "\n", "\t", "\r", "  \n\t "];
            let choice = self.below(space.len());
            self.json.push_str(space[choice]);
        }
        self.json.push_str(token);
    }

    pub fn string(&mut self, text: &str) {
        self.token("\"");
        for character in text.chars() {
            match character {
                '"' => self.json.push_str("\\\""),
                '\\' => self.json.push_str("\\\\"),
                '/' if self.one_in(2) => self.json.push_str("\\/"),
                '\n' if self.one_in(2) => self.json.push_str("\\n"),
                '\u{8}' if self.one_in(2) => self.json.push_str("\\b"),
                '\u{c}' if self.one_in(2) => self.json.push_str("\\f"),
                c if c < ' ' || self.one_in(10) => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let escape =
                            if unit.is_multiple_of(2) { format!("\\u{unit:04x}") } else { format!("\\u{unit:04X}") };
                        self.json.push_str(&escape);
                    }
                }
                c => self.json.push(c),
            }
        }
        self.json.push('"');
    }

    fn list<T>(&mut self, elements: impl IntoIterator<Item = T>, mut element: impl FnMut(&mut Self, T)) {
        self.token("[");
        for (index, each) in elements.into_iter().enumerate() {
            if index > 0 {
                self.token(",");
            }
            element(self, each);
        }
        self.token("]");
    }

    pub fn item(&mut self, item: &Item) {
        let mut attributes: Vec<_> = item.iter().collect();
        for place in (1..attributes.len()).rev() {
            attributes.swap(place, self.below(place + 1));
        }
        self.token("{");
        for (index, (name, value)) in attributes.into_iter().enumerate() {
            if index > 0 {
                self.token(",");
            }
            self.string(name);
            self.token(":");
            self.value(value);
        }
        self.token("}");
    }

    fn value(&mut self, value: &Value) {
        self.token("{");
        let name = match value {
            Value::S(_) => "S",
            Value::N(_) => "N",
            Value::B(_) => "B",
            Value::Bool(_) => "BOOL",
            Value::Null => "NULL",
            Value::M(_) => "M",
            Value::L(_) => "L",
            Value::Ss(_) => "SS",
            Value::Ns(_) => "NS",
            Value::Bs(_) => "BS",
        };
        self.token("\"");
        self.json.push_str(name);
        self.json.push('"');
        self.token(":");
        match value {
            Value::S(text) => self.string(text),
            Value::N(number) => self.number(&number.to_string()),
            Value::B(bytes) => self.binary(bytes),
            Value::Bool(value) => self.token(if *value { "true" } else { "false" }),
            Value::Null => self.token("true"),
            Value::M(entries) => self.item(&Item(entries.clone())),
            Value::L(values) => self.list(values, Self::value),
            Value::Ss(elements) => self.list(elements, |speller, text| speller.string(text)),
            Value::Ns(elements) => self.list(elements, |speller, number| speller.number(&number.to_string())),
            Value::Bs(elements) => self.list(elements, |speller, bytes| speller.binary(bytes)),
        }
        self.token("}");
    }

    /// The same number in another notation.
    fn number(&mut self, text: &str) {
        let other = match (text.contains('E'), text.contains('.')) {
            (false, false) if self.one_in(3) => format!("{text}.0"),
            (false, true) if self.one_in(3) => format!("{text}0e0"),
            (false, _) if self.one_in(3) => format!("{text}E+0"),
            (true, _) if self.one_in(3) => text.replace('E', "e"),
            _ => text.to_owned(),
        };
        self.token("\"");
        self.json.push_str(&other);
        self.json.push('"');
    }

    fn binary(&mut self, bytes: &[u8]) {
        self.token("\"");
        self.json.push_str(&aws_smithy_types::base64::encode(bytes));
        self.json.push('"');
    }
}
