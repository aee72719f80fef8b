using Support.Sdk.Templates;

namespace Support.Sdk.AspNetCore.Pages;

/// <summary>How customers' pages look: the mail's paper and colours, on a screen of any width.</summary>
internal static class BrandStyle
{
    private const string Rules = """
        * { box-sizing: border-box; }
        body { margin: 0; padding: 1.5rem .75rem 2.5rem; background: #f3f3f5; color: #1d1d1f; font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
        header, main, footer { max-width: 42rem; margin: 0 auto; }
        header, footer { padding: 0 1.5rem; }
        .brand { margin: 0 0 1rem; font-size: 1.125rem; font-weight: 600; color: var(--ink); }
        .brand img { display: block; max-width: 12rem; max-height: 3.5rem; width: auto; height: auto; }
        main { padding: 1.75rem 1.5rem; background: #fff; border-top: 4px solid var(--color); border-radius: .75rem; }
        footer { padding-top: 1rem; color: #58585d; font-size: .875rem; }
        footer p { margin: 0; }
        h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.3; font-weight: 600; letter-spacing: -.01em; }
        h2 { margin: 0; font-size: 1.125rem; line-height: 1.4; font-weight: 600; }
        h3 { margin: 1rem 0 .25rem; font-size: 1rem; line-height: 1.4; font-weight: 600; }
        p { margin: 0 0 .75rem; }
        a { color: var(--ink); text-underline-offset: .15em; }
        footer a { color: inherit; }
        a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; border-radius: .25rem; }
        ul { margin: 0 0 .75rem; padding-left: 1.25rem; }
        .quiet { color: #58585d; font-size: .875rem; }
        .note { margin: .75rem 0; padding: .75rem 1rem; background: #f3f3f5; border-left: 4px solid var(--color); border-radius: .25rem; }
        .note p:last-child { margin: 0; }
        .card { padding: 1.25rem 0; border-top: 1px solid #e3e3e8; }
        .card.this { margin: 0 -.75rem; padding: 1.25rem .75rem; border: 2px solid var(--ink); border-radius: .75rem; }
        .card.this + .card { border-top: 0; }
        .head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; justify-content: space-between; margin-bottom: .5rem; }
        .state { padding: .0625rem .625rem; border-radius: 1rem; font-size: .875rem; font-weight: 600; white-space: nowrap; color: #3f4a5c; background: #eceff4; }
        .state.good { color: #1c6b3f; background: #e3f4ea; }
        .state.wait { color: #7a4d00; background: #fdf1d8; }
        dl { margin: 0; }
        dl > div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .25rem 0; }
        dl + p { margin-top: .75rem; }
        dt { flex: 0 0 9.5rem; color: #58585d; }
        dd { flex: 1 1 14rem; margin: 0; }
        fieldset { margin: 0 0 1.25rem; padding: 1rem 1.25rem; border: 1px solid #c9c9d1; border-radius: .5rem; }
        legend { padding: 0 .375rem; font-weight: 600; }
        label { display: flex; gap: .625rem; align-items: baseline; padding: .375rem 0; }
        select, textarea, input[type=text], input[type=email] { font: inherit; max-width: 100%; padding: .375rem .5rem; border: 1px solid #76767d; border-radius: .375rem; background: #fff; color: inherit; }
        input[type=checkbox], input[type=radio] { width: 1.125rem; height: 1.125rem; flex: none; accent-color: var(--ink); }
        label > input[type=checkbox], label > input[type=radio] { align-self: flex-start; margin: .2375rem 0 0; }
        button, .button { display: inline-block; padding: .75rem 1.375rem; border: 0; border-radius: .5rem; background: var(--color); color: var(--on-color); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
        button.plain { background: #fff; color: var(--ink); box-shadow: inset 0 0 0 1px currentcolor; }
        .part { margin: 1.25rem 0 0; }
        .answer { padding-top: 1.25rem; border-top: 1px solid #e3e3e8; }
        .answer textarea { min-height: 7rem; }
        .field { margin: 0 0 1.25rem; }
        .field > label { display: block; padding: 0 0 .25rem; font-weight: 600; }
        .field > label .quiet, legend .quiet { font-weight: 400; }
        .field input[type=text], .field input[type=email], .field textarea { display: block; width: 100%; padding: .5rem .625rem; }
        .field textarea { min-height: 10rem; resize: vertical; }
        .field input[type=file] { display: block; width: 100%; padding: .625rem; border: 1px dashed #76767d; border-radius: .375rem; font: inherit; font-size: .875rem; color: inherit; }
        .field input[type=file]::file-selector-button { margin-right: .75rem; padding: .375rem .75rem; border: 1px solid #76767d; border-radius: .375rem; background: #f3f3f5; color: inherit; font: inherit; cursor: pointer; }
        .field .quiet { margin: 0 0 .375rem; }
        .field [aria-invalid], fieldset[aria-invalid] { border-color: #b3261e; border-width: 2px; }
        .fault { margin: 0 0 .375rem; color: #b3261e; font-weight: 600; }
        .note.bad { background: #fdeceb; border-left-color: #b3261e; }
        .note.bad h2 { margin: 0 0 .5rem; font-size: 1rem; }
        .note.bad ul { margin: 0; }
        .note.bad a { color: #8c1d18; }
        .note.good { background: #e3f4ea; border-left-color: #1c6b3f; }
        .trap { position: absolute; width: 1px; height: 1px; overflow: hidden; visibility: hidden; }
        .talk { margin: 1.25rem 0; padding: 0; list-style: none; }
        .said { margin: 0 0 .75rem; padding: .75rem 1rem; border-radius: .75rem; background: #f3f3f5; }
        .said.ours { background: #fff; box-shadow: inset 0 0 0 1px #d7d7de, inset 4px 0 0 var(--color); }
        .said .head { margin-bottom: .25rem; font-size: .875rem; }
        .said .words { white-space: pre-wrap; }
        .said .files { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .875rem; }
        .talk + nav { margin: 0 0 1.5rem; }
        .write { margin: .75rem 0 0; }
        .keep { margin: 1.25rem 0 0; }
        nav { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; padding-top: 1rem; border-top: 1px solid #e3e3e8; }
        """;

    // The name of the brand stands on the page itself, which is darker than paper.
    private const string Ground = "#f3f3f5";

    public static string Sheet(BrandModel brand) =>
        $":root {{ color-scheme: light; --color: {brand.Color}; --on-color: {brand.OnColor}; --ink: {Colors.Readable(brand.Color, Ground)}; }}\n{Rules}";
}
