{{ check_doubt('cell_unclear', stated='coalesce(shown, stored)') }}
