//! Headings underlined with `-`, which may as well be remarks above a rule.

use super::document::{Block, BlockKind, Document, Form, HeadingStyle};
use super::link::begins_with_talk_page;
use crate::source::Problem;

/// A remark with `---` right below it is a heading to Markdown. Where the author writes `##`, it is
/// a remark and a rule, with a forgotten blank line between them, unless it looks like a talk's title.
pub(super) fn part_remarks_from_rules(document: &mut Document<'_>) {
    let is_hashed = |block: &Block| is_second_level(block, HeadingStyle::Hashes);
    if !document.blocks.iter().any(is_hashed) {
        return;
    }
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for (at, block) in document.blocks.iter().enumerate() {
        let rule_start =
            rule_below_remark(document, block).filter(|_| !begins_with_talk_page(document, at + 1));
        let Some(rule_start) = rule_start else {
            blocks.push(block.clone());
            continue;
        };
        let remark = block.range.start..rule_start - 1;
        document.problems.push(Problem::note(
            document.place(remark.start),
            "text right above `---` would be a heading in Markdown; read as text above a rule",
        ));
        let kind = BlockKind::Paragraph;
        blocks.push(Block {
            kind,
            range: remark,
        });
        let kind = BlockKind::Rule;
        let range = rule_start..block.range.end;
        blocks.push(Block { kind, range });
    }
    document.blocks = blocks;
}

fn is_second_level(block: &Block, style: HeadingStyle) -> bool {
    matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 2 && heading.style == style)
}

/// Where the rule below a remark begins. Nobody draws a longer line than `---` by mistake, but for
/// one below several lines or an address.
fn rule_below_remark(document: &Document<'_>, block: &Block) -> Option<usize> {
    if !is_second_level(block, HeadingStyle::Underlined) {
        return None;
    }
    let source = &document.text[block.range.clone()];
    let (remark, rule) = source.rsplit_once('\n')?;
    let is_address = document
        .links_in(&block.range)
        .iter()
        .any(|link| link.form == Form::Address && link.range.len() >= remark.trim().len());
    let is_remark = rule.trim() == "---" || remark.contains('\n') || is_address;
    is_remark.then_some(block.range.start + remark.len() + 1)
}
