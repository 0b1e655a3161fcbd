-- Each cell that shows something else than it stores, or whose content cannot be read, so that no figure is taken of it.
{{ judged_doubts('cell_unclear', stated='coalesce(doubt.shown, doubt.stored)') }}
