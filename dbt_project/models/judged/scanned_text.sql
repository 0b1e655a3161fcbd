-- Each page whose letters were recognised on a picture: nobody has confirmed its figures.
{{ judged_doubts('scanned_text') }}
