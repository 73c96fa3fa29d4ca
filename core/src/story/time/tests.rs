use super::*;

fn read(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    let mut document = Document::new(text);
    if let Some(date) = published {
        document = document.with_published(date.parse().unwrap());
    }
    let analyses = vec![Analysis::new(&document)];
    let found = dates(&analyses, &[document]).remove(0);
    found.into_iter().map(|t| (t.text, t.value)).collect()
}

/// Writes the times of annotated stories for the scorer: NUTGRAF_STORIES=in.json,... NUTGRAF_OUT=folder.
#[test]
#[ignore = "reads annotated stories named by the environment"]
fn annotated_stories() {
    let stories = std::env::var("NUTGRAF_STORIES").expect("NUTGRAF_STORIES names the files");
    let out = std::env::var("NUTGRAF_OUT").expect("NUTGRAF_OUT names a folder");
    let dated = std::env::var("NUTGRAF_PUBLISHED").is_ok();
    for path in stories.split(',') {
        let story: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut documents = Vec::new();
        for article in story["articles"].as_array().unwrap() {
            let mut document = Document::new(article["text"].as_str().unwrap());
            if let (true, Some(date)) = (dated, article["published"].as_str()) {
                document = document.with_published(date.parse().unwrap());
            }
            documents.push(document);
        }
        let analyses: Vec<_> = documents.iter().map(Analysis::new).collect();
        let all = dates(&analyses, &documents);
        let articles: Vec<_> = all
            .iter()
            .map(|list| {
                let times: Vec<_> = list
                    .iter()
                    .map(|t| serde_json::json!({"start": t.span.char_span().start, "end": t.span.char_span().end,
                        "value": t.value, "by": t.resolved_by}))
                    .collect();
                serde_json::json!({ "times": times })
            })
            .collect();
        let name = std::path::Path::new(path).file_name().unwrap().to_str().unwrap().to_string();
        std::fs::write(format!("{out}/{name}"), serde_json::json!({ "articles": articles }).to_string()).unwrap();
    }
}
