#include "app/report/htmlstyle.h"

#include "widgets/theme/theme.h"

namespace pare {

namespace {

constexpr const char *rules = R"(
* { box-sizing: border-box; }
body { font: 16px/1.55 system-ui, "Noto Sans", "Noto Sans CJK KR", "DejaVu Sans", sans-serif; color: var(--text); background: var(--background); margin: 0; }
main { max-width: 1200px; margin: 0 auto; padding: 40px 24px 80px; }
header { border-bottom: 1px solid var(--line); padding-bottom: 16px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 21px; line-height: 1.3; margin: 48px 0 12px; }
h3 { font-size: 17px; line-height: 1.3; margin: 32px 0 8px; }
p { margin: 0 0 12px; max-width: 76ch; overflow-wrap: anywhere; }
p.quiet, figcaption, caption { color: var(--secondary); font-size: 14px; }
p.alert { border-left: 4px solid var(--alert); padding: 8px 12px; background: var(--panel); border-radius: 0 4px 4px 0; }
a { color: var(--accent); }
nav { margin: 16px 0 0; font-size: 14px; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 16px; margin: 20px 0; }
.figures div { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 12px 16px; font-size: 14px; color: var(--secondary); }
.figures b { display: block; font-size: 30px; line-height: 1.3; font-weight: 600; color: var(--text); font-variant-numeric: tabular-nums; }
figure { margin: 16px 0; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 8px; }
figure svg, figure img { width: 100%; height: auto; display: block; }
figcaption { padding: 8px; max-width: 90ch; overflow-wrap: anywhere; }
svg.dark { display: none; }
.wide { overflow-x: auto; margin: 16px 0; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 10px 9px 6px; font-weight: 600; color: var(--text); overflow-wrap: anywhere; }
th, td { padding: 7px 9px; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { border-top: 0; font-weight: 600; font-size: 13px; color: var(--secondary); vertical-align: bottom; overflow-wrap: normal; }
caption + thead th { border-top: 1px solid var(--line); }
.number { text-align: right; }
td.number { white-space: nowrap; }
td:first-child.words { min-width: 24ch; overflow-wrap: anywhere; }
td code { display: block; font-size: 12px; color: var(--secondary); overflow-wrap: anywhere; }
code.short { white-space: nowrap; }
tr.below td { border-top: 0; padding-top: 0; }
td.code code { color: var(--text); }
tr.original td { background: var(--faint); }
tr.chosen td { background: var(--selection); }
.mark { font-size: 12px; color: var(--accent); border: 1px solid currentColor; border-radius: 4px; padding: 0 5px; margin-left: 6px; white-space: nowrap; }
code, pre { font-family: ui-monospace, "Noto Sans Mono", "DejaVu Sans Mono", monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 12px 16px; margin: 16px 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; line-height: 1.5; }
dl { margin: 16px 0; }
dt { font-weight: 600; margin-top: 14px; }
dt code { font-weight: 400; font-size: 13px; color: var(--secondary); margin-left: 6px; }
dd { margin: 2px 0 0; max-width: 76ch; }
dd .paper { color: var(--secondary); font-size: 14px; }
dd .paper a { white-space: nowrap; }
@media print {
  @page { size: A4; margin: 16mm; }
  body { font-size: 10pt; background: #fff; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  h1 { font-size: 18pt; } h2 { font-size: 13pt; margin-top: 24pt; } h3 { font-size: 11pt; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .figures div, dt, dd { break-inside: avoid; }
  dt, thead { break-after: avoid; }
  tr.below { break-before: avoid; }
  td.number { white-space: normal; }
  p.quiet, figcaption, nav, dd .paper { font-size: 8pt; } caption { font-size: 8.5pt; }
  .mark { font-size: 6pt; padding: 0 2pt; }
  thead { display: table-header-group; }
  .wide { overflow: visible; border-radius: 0; }
  table { font-size: 7.5pt; } td, th { padding: 2pt 4pt; } td code { font-size: 6.5pt; }
  thead th { font-size: 7pt; }
  td:first-child.words { min-width: 0; }
  pre { font-size: 7.5pt; }
  .figures { grid-template-columns: repeat(4, 1fr); gap: 6pt; } .figures b { font-size: 14pt; } .figures div { padding: 6pt; font-size: 8pt; }
  tr.original td, tr.chosen td, .figures div, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)";

QString variables(const Theme &theme)
{
    QString text;
    const auto add = [&](const char *name, const QColor &colour) {
        text += QStringLiteral(" --%1: %2;").arg(QLatin1String(name), colour.name());
    };
    add("background", theme.background);
    add("panel", theme.panel);
    add("line", theme.line);
    add("text", theme.text);
    add("secondary", theme.secondary);
    add("faint", theme.faint);
    add("accent", theme.accent);
    add("selection", theme.selection());
    add("alert", theme.family(Family::Quantization));
    return text;
}

} // namespace

QString htmlStyle()
{
    return QStringLiteral(
               ":root { color-scheme: light dark;%1 }%2"
               "@media screen and (prefers-color-scheme: dark) {\n  :root {%3 }\n"
               "  svg.dark { display: block; }\n  svg.light.twin { display: none; }\n}\n")
        .arg(variables(Theme::light()), QLatin1String(rules), variables(Theme::dark()));
}

} // namespace pare
