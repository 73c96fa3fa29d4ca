use super::run;
use std::ffi::OsString;

fn call(args: &[&str], stdin: &str) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args: Vec<OsString> = args.iter().map(OsString::from).collect();
    let code = run(args, &mut stdin.as_bytes(), &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

const TEXT: &str = "The mayor opened the bridge on Monday. It cost 3 million euros. Nobody was hurt.";

#[test]
fn standard_input_is_read_when_no_file_is_named() {
    let (code, out, err) = call(&["summarize", "--max-sentences", "1"], TEXT);
    assert_eq!((code, err.as_str(), out.lines().count()), (0, "", 1));
    assert!(TEXT.contains(out.trim()) && !out.trim().is_empty());
}

#[test]
fn json_lines_give_one_result_each_in_order() {
    let lines = "{\"id\":\"a\",\"text\":\"One fell.\"}\n\n{\"id\":\"b\",\"text\":\"Two rose.\",\"published\":\"2026-01-22\"}\n";
    let (code, out, _) = call(&["summarize", "--jsonl", "--format=json", "--threads", "2"], lines);
    let found: Vec<bool> = out.lines().map(|line| line.contains("One fell.")).collect();
    assert_eq!((code, found), (0, vec![true, false]));
}

#[test]
fn every_command_and_format_answers() {
    for (command, formats) in [
        (&["match"][..], &["text", "json", "html"][..]),
        (&["summarize", "--about", "bridge"], &["text", "json", "html"]),
        (&["digest", "--pin-together", "0:4,0:10"], &["text", "json", "html", "markdown"]),
        (&["group"], &["text", "json"]),
        (&["topics", "--count=2"], &["text", "json"]),
        (&["headline", "Mayor opens bridge"], &["text", "json"]),
        (&["explain", "--sentence", "1"], &["text", "json"]),
        (&["names", "Qaddafi", "Gaddafi"], &["text", "json"]),
    ] {
        for format in ["text", "json", "html", "markdown"] {
            let (code, out, err) = call(&[command, &["--format", format]].concat(), TEXT);
            if !formats.contains(&format) {
                assert_eq!((code, out.as_str()), (2, ""), "{command:?} {format}");
                continue;
            }
            assert_eq!((code, err.as_str()), (0, ""), "{command:?} {format}");
            assert!(out.ends_with('\n') || out.is_empty(), "{command:?} {format}");
            assert_eq!(format == "html", out.starts_with("<!DOCTYPE html>"), "{command:?} {format}");
            assert_eq!(format == "json", out.starts_with("{\"schema\":1"), "{command:?} {format}");
        }
    }
}

#[test]
fn what_was_read_before_and_what_is_not_asked_for_stays_out() {
    let file = std::env::temp_dir().join(format!("nutgraf_since_{}", std::process::id()));
    std::fs::write(&file, "It cost 3 million euros. Nobody was hurt.").unwrap();
    let path = file.to_str().unwrap();
    let (_, out, _) = call(&["summarize", "--since", path], TEXT);
    assert_eq!(out, "The mayor opened the bridge on Monday.\n");
    std::fs::remove_file(&file).unwrap();
    let (_, out, _) = call(&["summarize", "--about", "euros", "--about-required"], TEXT);
    assert_eq!(out, "It cost 3 million euros.\n");
}

#[test]
fn discovery_can_be_switched_off() {
    let text = "Zorblax Quimby spoke in Paris.";
    assert!(call(&["match"], text).1.contains("Zorblax Quimby"));
    let (code, out, _) = call(&["match", "--no-discovery"], text);
    assert_eq!((code, out.lines().count()), (0, 1));
    assert!(out.contains("Paris"));
}

#[test]
fn bad_input_exits_with_1_and_bad_usage_with_2() {
    for (args, stdin, code, message) in [
        (&["summarize", "no such file"][..], "", 1, "nutgraf: cannot read no such file: "),
        (&["digest", "--jsonl"], "{}", 1, "nutgraf: -: document line 1: "),
        (&["summarize", "--max-words", "ten"], "", 2, "nutgraf: --max-words ten is not accepted"),
        (&["summarize", "--ratio", "2"], TEXT, 2, "nutgraf: "),
        (&["summarize", "--format"], "", 2, "nutgraf: --format needs a value; see nutgraf --help"),
        (&["--frobnicate"], "", 2, "nutgraf: unknown option --frobnicate"),
        (&["summarize", "--about", " "], TEXT, 2, "nutgraf: about[0] is empty"),
        (&["digest", "--pin-apart", "1,2"], TEXT, 2, "nutgraf: --pin-apart 1,2 is not accepted"),
        (&["explain"], TEXT, 2, "nutgraf: explain needs --sentence"),
        (&["explain", "--sentence=9"], TEXT, 1, "nutgraf: document 0 has no sentence 9"),
        (&["names", "one"], "", 2, "nutgraf: wrong number of words"),
        (&["headline"], TEXT, 2, "nutgraf: wrong number of words"),
        (&["match", "--tagger", "/dev/null"], TEXT, 1, "nutgraf: "),
        (&["count"], "", 2, "nutgraf: unknown command count"),
        (&[], "", 2, "nutgraf: no command"),
    ] {
        let (found, out, err) = call(args, stdin);
        assert_eq!((found, out.as_str()), (code, ""), "{args:?}: {err}");
        assert!(err.starts_with(message), "{args:?}: {err}");
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    assert!(call(&["--help"], "").1.starts_with("nutgraf reads news"));
    assert_eq!(call(&["match", "--version"], "").1, format!("nutgraf {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn catalogs_are_built_and_told_about() {
    let folder = std::env::temp_dir().join(format!("nutgraf-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let place = |name: &str| folder.join(name).into_os_string().into_string().unwrap();
    let (source, more, out) = (place("a.csv"), place("b.jsonl"), place("out.catalog"));
    std::fs::write(&source, "id,name,aliases\n1,Brno,Bruenn|Brunn\n").unwrap();
    std::fs::write(&more, "{\"id\":2,\"name\":\"Tamsel\",\"kind\":\"place\"}\n").unwrap();
    let (code, said, err) = call(&["catalog", "build", &source, &more, &out], "");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(said.starts_with(&format!("{out}: 2 entities, 4 names, ")), "{said}");
    let (code, text, _) = call(&["catalog", "info", "--verify", &out], "");
    assert_eq!((code, text.lines().last()), (0, Some("the file is whole")));
    let (code, json, _) = call(&["catalog", "info", "--format=json", &out], "");
    assert!(code == 0 && json.starts_with("{\"entities\":2,\"names\":4,"), "{json}");
    let (code, found, _) = call(&["match", "--catalog", &out, "--format", "json"], "He left Brunn.");
    assert!(code == 0 && found.contains("\"Brunn\""), "{found}");
    let (code, found, _) = call(&["match", "--catalog", &source, "--format", "json"], "He left Brunn.");
    assert!(code == 0 && found.contains("\"Brunn\""), "{found}");
    let piped = call(&["catalog", "build", "--from", "dictionary", "-", &out], "Bruenn=>Brno");
    assert!(piped.0 == 0 && piped.1.contains("1 entities, 2 names"), "{piped:?}");
    for (args, stdin, code, message) in [
        (
            &["catalog", "build", "-", &out][..],
            "",
            2,
            "nutgraf: -: the ending tells no format; accepted is --from jsonl|csv",
        ),
        (
            &["catalog", "build", &out],
            "",
            2,
            "nutgraf: this is no catalog command; accepted are: catalog build",
        ),
        (&["catalog"], "", 2, "nutgraf: this is no catalog command"),
        (
            &["catalog", "build", "--from=list", "-", &out],
            "",
            2,
            "nutgraf: catalog format \"list\" is not known",
        ),
        (
            &["catalog", "build", "--from=csv", "-", &out],
            "id,nom\n",
            1,
            "nutgraf: -: catalog line 1: the header has no column \"name\"",
        ),
        (&["catalog", "info", &source], "", 1, "nutgraf: compiled catalog: the first eight bytes"),
        (&["catalog", "info", "no such file"], "", 1, "nutgraf: catalog no such file: cannot be opened"),
        (
            &["catalog", "build", &source, "no such folder/x"],
            "",
            1,
            "nutgraf: catalog no such folder/x: cannot be written",
        ),
    ] {
        let (found, out, err) = call(args, stdin);
        assert_eq!((found, out.as_str()), (code, ""), "{args:?}: {err}");
        assert!(err.starts_with(message), "{args:?}: {err}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(feature = "html")]
#[test]
fn web_pages_are_read_by_their_ending_or_when_standard_input_is_said_to_be_one() {
    let page = format!("<title>Bridge</title><nav>Home</nav><p>{TEXT}<script>Nobody</script>");
    let (code, out, _) = call(&["digest", "--html", "--format", "json"], &page);
    assert_eq!(code, 0);
    assert!(out.contains("stands in <nav>") && out.contains("\"title\":\"Bridge\""), "{out}");
    let file = std::env::temp_dir().join(format!("nutgraf_page_{}.HTM", std::process::id()));
    std::fs::write(&file, &page).unwrap();
    let (_, from_file, _) = call(&["summarize", file.to_str().unwrap()], "");
    std::fs::remove_file(&file).unwrap();
    let (_, from_line, _) =
        call(&["summarize", "--jsonl"], &format!("{{\"html\":{}}}", serde_json::to_string(&page).unwrap()));
    assert_eq!(from_file, from_line);
    assert!(from_file.contains("The mayor opened the bridge") && !from_file.contains('<'));
    for (args, line) in [
        (&["digest", "--html", "--jsonl"][..], ""),
        (&["digest", "--jsonl"], "{\"html\":\"a\",\"text\":\"b\"}"),
    ] {
        let (code, _, err) = call(args, line);
        assert!(code > 0 && err.contains("accepted is"), "{err}");
    }
}
