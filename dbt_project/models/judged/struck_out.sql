-- Each row and cell whose content is wholly struck out: whoever struck it must say what holds.
{{ judged_doubts('struck_out') }}
