use super::*;

#[track_caller]
fn read(text: &str) -> Command {
    text.parse().unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

#[test]
fn commands_are_read() {
    let remember = Command::Remember { key: "the sky".into(), value: "what is above".into() };
    assert_eq!(read(".remember the sky is what is above"), remember);
    assert_eq!(read(".rem the sky is what is above"), remember);
    assert_eq!(read(".rem the sky"), Command::Recall { key: "the sky".into() });
    assert_eq!(read(".rem search"), Command::Search { text: String::new() });
    assert_eq!(read(".rem searching"), Command::Recall { key: "searching".into() });
    assert_eq!(read(".sparkle @bob"), Command::Sparkle { to: "bob".into(), why: None });
    assert_eq!(read(".sparkle @bob because of a|b"), Command::Sparkle { to: "bob".into(), why: Some("of a|b".into()) });
    assert_eq!(read(".play Song 2"), Command::Play { song: "Song 2".into(), seconds: SONG_SECONDS });
    assert_eq!(read(".play Song 2 2:02"), Command::Play { song: "Song 2".into(), seconds: 122 });
    assert_eq!(read(".play stats"), Command::PlayStats);
    assert_eq!(read(".ban server 18446744073709551615"), Command::Ban(Target::Server(ServerId(u64::MAX))));
    assert_eq!(read(".unban user @cat"), Command::Unban(Target::User("cat".into())));
    assert_eq!(
        read(".track Graphics Card at 10.5% in #market"),
        Command::Track {
            item: "graphics card".into(),
            threshold: Threshold::Percent { hundredths: 1050 },
            channel: "#market".into()
        }
    );
    assert_eq!(read(".price Graphics Card 20000"), Command::Price { item: "graphics card".into(), price: 20000 });
}

#[test]
fn what_is_wrong_says_what_to_write() {
    let error = |text: &str| text.parse::<Command>().expect_err(text);
    assert_eq!(error(".remember x"), "Write `.remember <key> is <value>`.");
    assert_eq!(error(".rem"), "Write `.rem <key>` or `.rem search [text]`.");
    assert_eq!(error(".dance"), "I don't know `.dance`; `.help` shows what I know.");
    assert_eq!(error(".ban server home"), "`home` is no server; a server's id is a number, such as `9001`.");
    assert_eq!(error(".track x at much in #y"), "`much` won't do: a price is a whole number, such as `20000`.");
    assert!(error(&format!(".sparkle @bob for {}", "x".repeat(101))).contains("100 characters"));
    assert!(error(".sparkle bob").starts_with("Write `.sparkle @<user>"));
}

#[test]
fn only_a_dot_before_a_letter_means_a_command() {
    assert!(Command::is_meant(".rem x"));
    assert!(!Command::is_meant("hello .rem"));
    assert!(!Command::is_meant("... well"));
    assert!(!Command::is_meant(""));
}
