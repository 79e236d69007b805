# Sourced by make-data.sh and audited-sets.sh, which define `run` and `output`, in the folder for what is downloaded: makes
# structures_all, the chains of ProMod3's database of structures, and their profiles.
if [ ! -d promod3-data ]; then
    apt-get download promod3-data
    dpkg -x promod3-data_*_all.deb promod3-data.part
    mv promod3-data.part promod3-data
fi
run structure_database.py promod3-data/usr/share/promod3/loop_data/structure_db.dat \
    --labelled "$output/structures_all.ssfa.gz" --profiles "$output/structures_all.profiles.npz"
