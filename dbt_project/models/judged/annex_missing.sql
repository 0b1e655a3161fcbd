-- Each annex whose title stands without a table that could be read.
{{ judged_doubts('annex_missing') }}
