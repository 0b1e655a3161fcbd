-- Each column that shows its stored numbers rounded. The stored number is the figure; the finding says what is shown.
{{ judged_doubts('shown_rounded') }}
