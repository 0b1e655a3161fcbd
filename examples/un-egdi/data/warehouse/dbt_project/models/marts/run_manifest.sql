select path, sha256, rows from {{ source('landing', 'inputs') }}
