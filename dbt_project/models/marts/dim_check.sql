select
    code,
    suite,
    scope,
    severity,
    basis,
    compares,
    name_vi,
    name_en,
    meaning_vi,
    meaning_en,
    advice_vi,
    advice_en
from {{ ref('checks') }}
