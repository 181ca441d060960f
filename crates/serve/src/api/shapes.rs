//! What a field of an answer can hold, and how that reads as JSON Schema and in words.
//!
//! In:  the table in [`super::things`].
//! Out: schemas of the OpenAPI document, words of the page that explains it.
//!
//! ```text
//! text("id", "number in this record, such as e12")   ->   "id": {"type": "string", "description": "…"}
//! ```

use serde_json::{Map, Value, json};

/// What a field holds.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Text,
    /// `2022-04-18`
    Day,
    Integer,
    Number,
    Flag,
    /// One of some words.
    Word(fn() -> Vec<&'static str>),
    /// Something with fields.
    Thing(&'static Thing),
    List(&'static Shape),
    /// One of some things.
    Either(&'static [&'static Thing]),
    /// Any JSON: what the input of a report had besides.
    Any,
}

/// Something with fields.
pub(crate) struct Thing {
    /// As the schema is called.
    pub name: &'static str,
    /// In one sentence.
    pub meaning: &'static str,
    /// Whose fields it has too.
    pub more_than: Option<&'static Thing>,
    /// Its own fields.
    pub fields: &'static [Field],
}

/// One field; all are always there.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub name: &'static str,
    pub shape: Shape,
    /// Whether it is `null` where nothing is known.
    pub can_be_null: bool,
    pub meaning: &'static str,
}

impl Thing {
    /// All its fields, those of what it extends first.
    pub fn all_fields(&self) -> Vec<Field> {
        let mut fields = self.more_than.map_or(Vec::new(), Thing::all_fields);
        for field in self.fields {
            match fields.iter_mut().find(|known| known.name == field.name) {
                Some(known) => *known = *field,
                None => fields.push(*field),
            }
        }
        fields
    }

    /// Its JSON Schema. Fields may be added in later versions, so others are allowed.
    pub fn schema(&self) -> Value {
        let fields = self.all_fields();
        let properties: Map<String, Value> = fields
            .iter()
            .map(|field| (field.name.to_owned(), field.shape.schema_with(field.meaning, field.can_be_null)))
            .collect();
        let required: Vec<&str> = fields.iter().map(|field| field.name).collect();
        json!({
            "type": "object",
            "description": self.meaning,
            "properties": properties,
            "required": required,
        })
    }
}

impl Shape {
    /// Its JSON Schema (draft 2020-12, as OpenAPI 3.1 has it).
    pub fn schema(self) -> Value {
        match self {
            Shape::Text => json!({"type": "string"}),
            Shape::Day => json!({"type": "string", "format": "date"}),
            Shape::Integer => json!({"type": "integer"}),
            Shape::Number => json!({"type": "number"}),
            Shape::Flag => json!({"type": "boolean"}),
            Shape::Word(words) => json!({"type": "string", "enum": words()}),
            Shape::Thing(thing) => json!({"$ref": format!("#/components/schemas/{}", thing.name)}),
            Shape::List(of) => json!({"type": "array", "items": of.schema()}),
            Shape::Either(things) => {
                let things = things.iter().map(|&thing| Shape::Thing(thing).schema());
                json!({"anyOf": things.collect::<Vec<_>>()})
            }
            Shape::Any => json!({}),
        }
    }

    fn schema_with(self, meaning: &str, can_be_null: bool) -> Value {
        let mut schema = self.schema();
        if can_be_null {
            match schema.get("type").and_then(Value::as_str).map(str::to_owned) {
                Some(one) => {
                    schema["type"] = json!([one, "null"]);
                    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                        words.push(Value::Null);
                    }
                }
                None if schema.get("$ref").is_some() => schema = json!({"anyOf": [schema, {"type": "null"}]}),
                None => {}
            }
        }
        schema["description"] = meaning.into();
        schema
    }

    /// In a few words, for the page: `text`, `list of Quote`.
    pub fn in_words(self) -> String {
        match self {
            Shape::Text => "text".to_owned(),
            Shape::Day => "day".to_owned(),
            Shape::Integer => "whole number".to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::Flag => "true or false".to_owned(),
            Shape::Word(words) => words().join(", "),
            Shape::Thing(thing) => thing.name.to_owned(),
            Shape::List(of) => format!("list of {}", of.in_words()),
            Shape::Either(things) => things.iter().map(|thing| thing.name).collect::<Vec<_>>().join(" or "),
            Shape::Any => "any JSON".to_owned(),
        }
    }
}
