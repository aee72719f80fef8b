namespace Support.Sdk.AspNetCore.Inbox;

internal static class Style
{
    public static Html Sheet { get; } =
        new(
            """
            :root {
              color-scheme: light dark;
              --page: #f6f7f9; --paper: #fff; --ink: #1b2430; --quiet: #566273; --line: #dfe4ea; --accent: #1f4e79; --hover: #f0f5fa;
              --good: #1c6b3f; --good-back: #e3f4ea; --wait: #7a4d00; --wait-back: #fdf1d8; --bad: #a3211c; --bad-back: #fdeae9; --calm: #47536a; --calm-back: #eceff4;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --page: #12161c; --paper: #1a2029; --ink: #e8ecf1; --quiet: #a3afbf; --line: #2e3742; --accent: #8fc1ee; --hover: #212934;
                --good: #8fdcb0; --good-back: #17342a; --wait: #f2c879; --wait-back: #3a2d14; --bad: #ffaaa5; --bad-back: #42201f; --calm: #b9c4d4; --calm-back: #2a323d;
              }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
            header, main, footer { max-width: 75rem; margin: 0 auto; padding: 0 1.25rem; }
            header { padding-top: 1.75rem; }
            footer { padding-top: 1.5rem; padding-bottom: 2rem; color: var(--quiet); font-size: .875rem; }
            h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; }
            h2 { margin: 0 0 .5rem; font-size: 1rem; font-weight: 650; }
            p { margin: .25rem 0 0; }
            a { color: var(--accent); text-underline-offset: .15em; }
            a:focus-visible, iframe:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
            .quiet { color: var(--quiet); font-size: .875rem; font-weight: 400; }
            .way { margin: 0 0 .375rem; }
            .bar { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; justify-content: space-between; margin: .25rem 0 1.25rem; }
            .paper { background: var(--paper); border: 1px solid var(--line); border-radius: .625rem; }
            table { width: 100%; border-collapse: collapse; text-align: left; }
            th { font-size: .8125rem; font-weight: 600; color: var(--quiet); }
            th, td { padding: .625rem .875rem; vertical-align: top; }
            .list thead th { border-bottom: 1px solid var(--line); white-space: nowrap; }
            .list tbody tr + tr td, .list tbody tr + tr th { border-top: 1px solid var(--line); }
            .list tbody tr { position: relative; }
            .list tbody tr:hover { background: var(--hover); }
            .list tbody th { font-size: 1rem; color: inherit; min-width: 16rem; }
            .list td:nth-of-type(3) { min-width: 9rem; }
            .list tbody th a { text-decoration: none; }
            .list tbody th a::after { content: ""; position: absolute; inset: 0; }
            .list tbody th a:hover { text-decoration: underline; }
            .list time { white-space: nowrap; }
            .state { display: inline-block; padding: .0625rem .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; color: var(--calm); background: var(--calm-back); white-space: nowrap; }
            .good { color: var(--good); background: var(--good-back); } .wait { color: var(--wait); background: var(--wait-back); } .bad { color: var(--bad); background: var(--bad-back); }
            code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .875em; }
            pre { margin: 0; padding: 1rem; overflow: auto; white-space: pre-wrap; }
            nav { display: flex; gap: 1.25rem; justify-content: space-between; padding: 1rem 0; }
            .facts { margin: 1rem 0 1.25rem; padding: .4375rem 0; }
            .facts th { width: 9rem; white-space: nowrap; }
            .facts th, .facts td { padding: .25rem .875rem; vertical-align: baseline; }
            .parts { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.25rem; }
            .frame { height: 40rem; min-height: 12rem; resize: vertical; overflow: hidden; }
            iframe { display: block; width: 100%; height: 100%; border: 0; border-radius: .625rem; background: #fff; color-scheme: light; }
            .search { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; margin: 1rem 0 1.25rem; padding: .875rem; }
            .search label { display: flex; gap: .5rem; align-items: center; font-size: .875rem; }
            input { font: inherit; padding: .375rem .5rem; max-width: 100%; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: .375rem; }
            select, textarea { font: inherit; padding: .375rem .5rem; max-width: 100%; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: .375rem; }
            textarea { display: block; width: 100%; margin-top: .25rem; resize: vertical; }
            .act { padding: .875rem; } .act .search { margin: .75rem 0 0; padding: 0; }
            .entry { margin: .5rem 0; padding: .625rem .875rem; } .entry pre { padding: .375rem 0 0; font-family: inherit; font-size: 1rem; }
            .theirs { border-left: 4px solid var(--accent); } .ours { border-left: 4px solid var(--good); } .note { border-left: 4px solid var(--wait); }
            .event { background: none; } .event pre { font-size: .875rem; color: var(--quiet); }
            details { margin: .75rem 0; } summary { cursor: pointer; color: var(--accent); font-weight: 600; } details > form { margin-top: .5rem; }
            select:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
            button { font: inherit; font-weight: 600; padding: .4375rem 1rem; border: 0; border-radius: .375rem; background: var(--accent); color: var(--paper); cursor: pointer; }
            input:focus-visible, button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
            main > h2 { margin-top: 1.5rem; }
            .empty { padding: 2rem; max-width: 46rem; }
            .empty ol { padding-left: 1.25rem; margin: 1rem 0 0; } .empty li + li { margin-top: 1rem; }
            .empty p { margin-top: 1rem; } .empty h2 + p { margin-top: 0; }
            .empty pre { margin-top: .5rem; background: var(--page); border-radius: .375rem; }
            @media (max-width: 52rem) {
              .parts { grid-template-columns: minmax(0, 1fr); }
              .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
              .list, .list tbody, .list tr, .list td, .list tbody th { display: block; }
              .list tbody tr { padding: .75rem 1rem; } .list tbody tr + tr { border-top: 1px solid var(--line); }
              .list td, .list tbody th, .list tbody tr + tr td, .list tbody tr + tr th { padding: 0; border: 0; min-width: 0; }
              .list td:nth-of-type(n+2) { margin-top: .25rem; }
              .list td:empty { display: none; }
              .facts th, .facts td { display: block; width: auto; padding-top: 0; padding-bottom: 0; } .facts td { padding-bottom: .5rem; }
            }
            """
        );
}
