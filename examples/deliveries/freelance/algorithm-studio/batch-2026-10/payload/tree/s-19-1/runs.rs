//! Run-length coding of text: "aaab" is "3a1b".

/// Codes a text that holds no digits; `None` when it does.
pub fn encode(text: &str) -> Option<String> {
    let mut coded = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_digit() {
            return None;
        }
        let mut count = 1;
        while letters.next_if_eq(&letter).is_some() {
            count += 1;
        }
        coded.push_str(&format!("{count}{letter}"));
    }
    Some(coded)
}

/// The text again; `None` for a code without a count or with one of zero.
pub fn decode(coded: &str) -> Option<String> {
    let mut text = String::new();
    let mut count = String::new();
    for letter in coded.chars() {
        if letter.is_ascii_digit() {
            count.push(letter);
            continue;
        }
        let times: usize = count.parse().ok().filter(|&times| times > 0)?;
        text.extend(std::iter::repeat(letter).take(times));
        count.clear();
    }
    count.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn there_and_back() {
        for text in ["", "a", "aaab", "ßßx  y"] {
            assert_eq!(decode(&encode(text).unwrap()).as_deref(), Some(text));
        }
    }

    #[test]
    fn refused() {
        assert_eq!(encode("a1"), None);
        assert_eq!(decode("a"), None);
        assert_eq!(decode("0a"), None);
        assert_eq!(decode("3"), None);
    }
}
