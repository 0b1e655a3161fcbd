-- Each page whose header gives the columns of its table in another order than the page before.
{{ judged_doubts('header_differs') }}
