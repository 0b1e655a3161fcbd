-- Each hidden row or column that repeats a visible one, which is the one that counts.
{{ judged_doubts('hidden_repeated') }}
